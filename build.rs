//! Compiles `data/` into one blob: the entities and the index of their names, so that starting costs next to nothing.
//!
//! The modules that read the data are the library's own, so that there is one reading of it.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "the library's modules, of which a few functions are used"
)]

#[path = "src/entity.rs"]
mod entity;
#[path = "src/error.rs"]
mod error;
#[path = "src/normalize.rs"]
mod normalize;
#[path = "src/offset_map.rs"]
mod offset_map;
#[path = "src/span.rs"]
mod span;
#[path = "src/gazetteer"]
mod gazetteer {
    mod gate;
    pub mod index;
    pub mod load;
    pub mod store;
}

use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/entity.rs");
    println!("cargo::rerun-if-changed=src/normalize.rs");
    println!("cargo::rerun-if-changed=src/gazetteer");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let files = gazetteer::load::folder(&root.join("data"))?;
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let entities = gazetteer::load::entities(&borrowed)?;
    let parts = gazetteer::index::Parts::of(&entities, 0);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    write(&out, "trie.bin", &parts.trie)?;
    write(&out, "forms.bin", &parts.forms)?;
    write(&out, "form_ends.bin", &parts.ends)?;
    write(&out, "gate.bin", &parts.gate)?;
    let packed = gazetteer::store::pack(&entities)?;
    let all: Vec<u8> = files.iter().flat_map(|(path, text)| [path.as_bytes(), b"\0", text.as_bytes(), b"\0"]).flatten().copied().collect();
    write(&out, "digest.bin", &xxhash_rust::xxh3::xxh3_128(&all).to_le_bytes())?;
    write(&out, "entities.bin", &packed.entities)?;
    write(&out, "entity_ends.bin", &packed.ends)?;
    write(&out, "former.bin", &packed.former)?;
    let words = std::fs::read_to_string(root.join("data/words.txt"))?;
    write(&out, "words.fst", fst::Set::from_iter(words.lines())?.as_fst().as_bytes())?;
    Ok(())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(folder.join(name), bytes)
}
