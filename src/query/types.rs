//! What is known of a value's type before any row: enough to refuse `1 AND true`, never so much that a right query fails.
//!
//! A type is `Any` as soon as it depends on data.

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Not known before the row.
    Any,
    /// true, false
    Boolean,
    /// An integer
    Integer,
    /// A float
    Float,
    /// An integer or a float
    Number,
    /// Text
    String,
    /// A list of such elements
    List(Box<Type>),
    /// A map
    Map,
    /// A node
    Node,
    /// A relationship
    Relationship,
    /// A path
    Path,
}

/// A type without what is inside: what signatures of functions speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Anything.
    Any,
    /// true, false
    Boolean,
    /// An integer
    Integer,
    /// A float
    Float,
    /// An integer or a float
    Number,
    /// Text
    String,
    /// A list
    List,
    /// A map
    Map,
    /// A node
    Node,
    /// A relationship
    Relationship,
    /// A path
    Path,
}

impl Type {
    /// A list of anything.
    pub fn any_list() -> Self {
        Type::List(Box::new(Type::Any))
    }

    /// The type without what is inside.
    pub fn kind(&self) -> Kind {
        match self {
            Type::Any => Kind::Any,
            Type::Boolean => Kind::Boolean,
            Type::Integer => Kind::Integer,
            Type::Float => Kind::Float,
            Type::Number => Kind::Number,
            Type::String => Kind::String,
            Type::List(_) => Kind::List,
            Type::Map => Kind::Map,
            Type::Node => Kind::Node,
            Type::Relationship => Kind::Relationship,
            Type::Path => Kind::Path,
        }
    }

    /// The type of a value that has one of two types.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        match (self, other) {
            (left, right) if left == right => left,
            (Type::List(left), Type::List(right)) => Type::List(Box::new(left.join(*right))),
            (left, right) if left.is_numeric() && right.is_numeric() => Type::Number,
            _ => Type::Any,
        }
    }

    /// The type of a list's elements; anything if this is no list.
    pub fn element(&self) -> Type {
        match self {
            Type::List(element) => (**element).clone(),
            _ => Type::Any,
        }
    }

    /// Whether this is known to be a number.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Type::Integer | Type::Float | Type::Number)
    }

    /// Whether a value of this type could be of a kind.
    pub fn may_be(&self, kind: Kind) -> bool {
        match (self.kind(), kind) {
            (Kind::Any, _) | (_, Kind::Any) => true,
            (Kind::Number, Kind::Integer | Kind::Float) | (Kind::Integer | Kind::Float, Kind::Number) => true,
            (left, right) => left == right,
        }
    }
}

impl From<Kind> for Type {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Any => Type::Any,
            Kind::Boolean => Type::Boolean,
            Kind::Integer => Type::Integer,
            Kind::Float => Type::Float,
            Kind::Number => Type::Number,
            Kind::String => Type::String,
            Kind::List => Type::any_list(),
            Kind::Map => Type::Map,
            Kind::Node => Type::Node,
            Kind::Relationship => Type::Relationship,
            Kind::Path => Type::Path,
        }
    }
}

impl Kind {
    /// The kind in a message: "an integer".
    pub fn described(self) -> &'static str {
        match self {
            Kind::Any => "anything",
            Kind::Boolean => "a boolean",
            Kind::Integer => "an integer",
            Kind::Float => "a float",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::List => "a list",
            Kind::Map => "a map",
            Kind::Node => "a node",
            Kind::Relationship => "a relationship",
            Kind::Path => "a path",
        }
    }
}

/// Kinds in a message: "a string, a list or a map".
pub fn described(kinds: &[Kind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.described()).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
