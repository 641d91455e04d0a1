//! The `demarche` program: reads arguments, calls the library, prints.
fn main() {}
