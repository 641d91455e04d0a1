//! The closed sets of tags: universal parts of speech, Penn tags, and Universal Dependencies relations of English.
//!
//! Names are those of the treebanks (UD 2, English EWT and GUM); an unknown name reads as `X`, `Fw` or `Dep`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// Declares an enum whose variants have one spelling in CoNLL-U, with conversions both ways.
macro_rules! tagset {
    ($(#[$meta:meta])* $name:ident, $fallback:ident, { $($(#[$doc:meta])* $variant:ident = $spelling:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All values, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The spelling in CoNLL-U.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $spelling,)+ }
            }

            /// The value spelt so; the set's catch-all for a spelling it does not have.
            pub fn from_name(name: &str) -> Self {
                match name { $($spelling => $name::$variant,)+ _ => $name::$fallback }
            }

            /// Its number, the position in `ALL`.
            pub fn index(self) -> usize {
                self as usize
            }
        }
    };
}

tagset! {
    /// A universal part of speech.
    Upos, X, {
        /// "big"
        Adj = "ADJ",
        /// "of", "according"
        Adp = "ADP",
        /// "swiftly"
        Adv = "ADV",
        /// "has", "would"
        Aux = "AUX",
        /// "and"
        Cconj = "CCONJ",
        /// "the"
        Det = "DET",
        /// "oh"
        Intj = "INTJ",
        /// "talks"
        Noun = "NOUN",
        /// "20"
        Num = "NUM",
        /// "not", "to", "'s"
        Part = "PART",
        /// "she", "who"
        Pron = "PRON",
        /// "Moscow"
        Propn = "PROPN",
        /// ","
        Punct = "PUNCT",
        /// "that", "if"
        Sconj = "SCONJ",
        /// "$"
        Sym = "SYM",
        /// "reject"
        Verb = "VERB",
        /// anything else
        X = "X",
    }
}

tagset! {
    /// A Penn Treebank tag as English UD treebanks use it.
    Xpos, Fw, {
        /// "and"
        Cc = "CC",
        /// "20"
        Cd = "CD",
        /// "the"
        Dt = "DT",
        /// existential "there"
        Ex = "EX",
        /// foreign word
        Fw = "FW",
        /// "of", "if"
        In = "IN",
        /// "big"
        Jj = "JJ",
        /// "bigger"
        Jjr = "JJR",
        /// "biggest"
        Jjs = "JJS",
        /// list mark
        Ls = "LS",
        /// "would"
        Md = "MD",
        /// "truce"
        Nn = "NN",
        /// "Moscow"
        Nnp = "NNP",
        /// "Americans"
        Nnps = "NNPS",
        /// "talks"
        Nns = "NNS",
        /// "all" (the)
        Pdt = "PDT",
        /// "'s"
        Pos = "POS",
        /// "she"
        Prp = "PRP",
        /// "her"
        PrpPoss = "PRP$",
        /// "not", "swiftly"
        Rb = "RB",
        /// "sooner"
        Rbr = "RBR",
        /// "most"
        Rbs = "RBS",
        /// "out" (rule out)
        Rp = "RP",
        /// "%"
        Sym = "SYM",
        /// "to"
        To = "TO",
        /// "oh"
        Uh = "UH",
        /// "reject", infinitive
        Vb = "VB",
        /// "rejected", past
        Vbd = "VBD",
        /// "rejecting"
        Vbg = "VBG",
        /// "rejected", participle
        Vbn = "VBN",
        /// "reject", present
        Vbp = "VBP",
        /// "rejects"
        Vbz = "VBZ",
        /// "which"
        Wdt = "WDT",
        /// "who"
        Wp = "WP",
        /// "whose"
        WpPoss = "WP$",
        /// "when"
        Wrb = "WRB",
        /// full stop, question mark
        Stop = ".",
        /// comma
        Comma = ",",
        /// colon, dash
        Colon = ":",
        /// opening bracket
        OpenBracket = "-LRB-",
        /// closing bracket
        CloseBracket = "-RRB-",
        /// opening quotation mark
        OpenQuote = "``",
        /// closing quotation mark
        CloseQuote = "''",
        /// hyphen
        Hyphen = "HYPH",
        /// superfluous punctuation
        Ornament = "NFP",
        /// "$"
        Currency = "$",
        /// piece of a word split by mistake
        GoesWith = "GW",
        /// URL, mail address
        Address = "ADD",
        /// split affix
        Affix = "AFX",
    }
}

tagset! {
    /// A dependency relation, with the subtypes of the English treebanks.
    Relation, Dep, {
        /// `a plan [to end] the war`
        Acl = "acl",
        /// `a plan which [could] include`
        AclRelcl = "acl:relcl",
        /// `if Kiev [withdraws]`
        Advcl = "advcl",
        /// `, which [surprised] them`
        AdvclRelcl = "advcl:relcl",
        /// `[swiftly] end`
        Advmod = "advmod",
        /// `[incoming] president`
        Amod = "amod",
        /// `the minister, [Lavrov]`
        Appos = "appos",
        /// `[has] said`
        Aux = "aux",
        /// `[was] rejected`
        AuxPass = "aux:pass",
        /// `[of] Russia`
        Case = "case",
        /// `[and]`
        Cc = "cc",
        /// `[both] ... and`
        CcPreconj = "cc:preconj",
        /// `said talks [resumed]`
        Ccomp = "ccomp",
        /// `[peace] plan`
        Compound = "compound",
        /// `rule [out]`
        CompoundPrt = "compound:prt",
        /// `met and [agreed]`
        Conj = "conj",
        /// `[is] open`
        Cop = "cop",
        /// `[to agree] is hard`
        Csubj = "csubj",
        /// clausal subject of a clausal predicate
        CsubjOuter = "csubj:outer",
        /// clausal subject of a passive
        CsubjPass = "csubj:pass",
        /// unclear
        Dep = "dep",
        /// `[the]`
        Det = "det",
        /// `[all] the`
        DetPredet = "det:predet",
        /// `[oh]`
        Discourse = "discourse",
        /// fronted or postposed
        Dislocated = "dislocated",
        /// `[there] is`
        Expl = "expl",
        /// `according [to]`
        Fixed = "fixed",
        /// `Sergey [Lavrov]`
        Flat = "flat",
        /// piece of a split word
        Goeswith = "goeswith",
        /// `told [reporters] that`
        Iobj = "iobj",
        /// item of a list
        List = "list",
        /// `[that] talks resumed`
        Mark = "mark",
        /// `freezing of the [conflict]`
        Nmod = "nmod",
        /// `[Minister] Lavrov`
        NmodDesc = "nmod:desc",
        /// `[Russia]'s demand`
        NmodPoss = "nmod:poss",
        /// `20 [years] old`
        NmodUnmarked = "nmod:unmarked",
        /// `[Lavrov] said`
        Nsubj = "nsubj",
        /// subject of a clausal predicate
        NsubjOuter = "nsubj:outer",
        /// `[plans] were rejected`
        NsubjPass = "nsubj:pass",
        /// `[20] years`
        Nummod = "nummod",
        /// `reject the [plan]`
        Obj = "obj",
        /// `met in [Orsa]`
        Obl = "obl",
        /// `by [Russia]`
        OblAgent = "obl:agent",
        /// `said [Sunday]`
        OblUnmarked = "obl:unmarked",
        /// left by ellipsis
        Orphan = "orphan",
        /// `..., he [said]`
        Parataxis = "parataxis",
        /// punctuation
        Punct = "punct",
        /// overridden in a repair
        Reparandum = "reparandum",
        /// head of the sentence
        Root = "root",
        /// `[Mr President], ...`
        Vocative = "vocative",
        /// `wants [to meet]`
        Xcomp = "xcomp",
    }
}

tagset! {
    /// What an entity is, after the GUM corpus.
    EntityType, Abstract, {
        /// `[the Treaty of Velm]`, a work, a law, a language
        Abstract = "abstract",
        /// `[the wolf]`
        Animal = "animal",
        /// `[the Harvest War]`
        Event = "event",
        /// `[the Meridian]`, a ship
        Object = "object",
        /// `[the Orsan Red Cross]`, also a government or a team
        Organization = "organization",
        /// `[Jana Holt]`, also a group: `[the Velmans]`
        Person = "person",
        /// `[Orsa]`, states too
        Place = "place",
        /// `[the Velm oak]`
        Plant = "plant",
        /// `[Iodine]`
        Substance = "substance",
        /// `[Monday]`, `[May 2019]`
        Time = "time",
    }
}

impl Relation {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn universal(self) -> Relation {
        static UNIVERSAL: LazyLock<Vec<Relation>> = LazyLock::new(|| {
            let names = Relation::ALL.iter().map(|relation| relation.as_str());
            names.map(|name| Relation::from_name(name.split(':').next().unwrap_or(name))).collect()
        });
        UNIVERSAL[self.index()]
    }
}
