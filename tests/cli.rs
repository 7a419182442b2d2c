//! The command line as people use it: every `console` block in `tests/cmd/*.md` runs as it is written there, and prints
//! what stands below it.
//!
//! `NAME.in` holds the files that `NAME.md` works on, `NAME.out` those that it must write; a command that reads standard
//! input is a `NAME.toml`. `...` and `[..]` stand for what may change, such as how many entities the gazetteer has.
//! `TRYCMD=overwrite cargo test --test cli` writes down anew what is printed.

#[test]
fn commands_do_what_their_pages_say() {
    trycmd::TestCases::new().case("tests/cmd/*.md").case("tests/cmd/*.toml").run();
}
