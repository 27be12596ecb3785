//! What can be read of a component before it is compiled: its manifest's section, its imports and exports.

use crate::install::InstallError;

/// The custom section that carries `plugin.toml`, as it was written.
const MANIFEST_SECTION: &str = "tracte:manifest";
/// The only package a plugin may import from.
const OWN_PACKAGE: &str = "tracte:plugin/";
/// What a plugin exports for the hook `assigner`.
const ASSIGNER: &str = "tracte:plugin/assigner@";
/// «\0asm», then the layer and version of a component.
const COMPONENT_HEADER: [u8; 8] = [0, b'a', b's', b'm', 0x0d, 0, 1, 0];
/// The same of a core module, which every compiler makes first.
const MODULE_HEADER: [u8; 8] = [0, b'a', b's', b'm', 1, 0, 0, 0];

/// Appends the manifest to a component that has none yet.
pub(crate) fn with_manifest(mut component: Vec<u8>, manifest: &str) -> Vec<u8> {
    let mut content = leb128(MANIFEST_SECTION.len());
    content.extend_from_slice(MANIFEST_SECTION.as_bytes());
    content.extend_from_slice(manifest.as_bytes());
    component.push(0);
    component.extend(leb128(content.len()));
    component.extend(content);
    component
}

/// The text of the manifest's section.
pub(crate) fn manifest_text(component: &[u8]) -> Result<&str, InstallError> {
    let sections = match component.split_first_chunk() {
        Some((&COMPONENT_HEADER, sections)) => sections,
        Some((&MODULE_HEADER, _)) => return Err(InstallError::Module),
        _ => return Err(InstallError::NotAComponent("it does not begin like one".to_owned())),
    };
    let content = find_section(sections, MANIFEST_SECTION)?.ok_or(InstallError::NoManifest)?;
    std::str::from_utf8(content).map_err(|_| InstallError::NoManifest)
}

/// Refuses whatever the component wants beyond the contract, and a component that offers nothing.
pub(crate) fn check_contract(component: &[u8]) -> Result<(), InstallError> {
    let unreadable = |problem: String| InstallError::NotAComponent(problem);
    let decoded = wit_component::decode(component).map_err(|error| unreadable(format!("{error:#}")))?;
    let wit_component::DecodedWasm::Component(resolve, world) = decoded else {
        return Err(unreadable("it is a description of interfaces, without code".to_owned()));
    };
    let world = &resolve.worlds[world];
    for key in world.imports.keys() {
        let name = resolve.name_world_key(key);
        if !name.starts_with(OWN_PACKAGE) {
            return Err(InstallError::Import { advice: advice(&name), name });
        }
    }
    let mut exports = world.exports.keys().map(|key| resolve.name_world_key(key));
    if exports.any(|name| name.starts_with(ASSIGNER)) { Ok(()) } else { Err(InstallError::NoExport) }
}

/// What to do about an import that no plugin may have.
pub(crate) fn advice(import: &str) -> &'static str {
    if import.contains("wasi") {
        "build it for wasm32-unknown-unknown, without WASI; time and chance come from the SDK's clock"
    } else if import.contains("wbindgen") || import.contains("wbg") {
        "one of its dependencies wants a browser; look for its feature «js» and turn it off"
    } else {
        "a plugin may import from tracte:plugin alone"
    }
}

/// The content of the last custom section of this name at the top level.
fn find_section<'a>(mut rest: &'a [u8], wanted: &str) -> Result<Option<&'a [u8]>, InstallError> {
    let torn = || InstallError::NotAComponent("it ends in the middle of a section".to_owned());
    let mut found = None;
    while let Some((&id, after)) = rest.split_first() {
        let (size, after) = read_leb128(after).ok_or_else(torn)?;
        let (content, after) = after.split_at_checked(size).ok_or_else(torn)?;
        if id == 0 {
            let (length, content) = read_leb128(content).ok_or_else(torn)?;
            let (name, content) = content.split_at_checked(length).ok_or_else(torn)?;
            if name == wanted.as_bytes() {
                found = Some(content);
            }
        }
        rest = after;
    }
    Ok(found)
}

/// An unsigned number as WebAssembly writes it: seven bits a byte, the lowest first.
fn leb128(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// The number at the beginning, of at most 32 bits, and what follows it.
fn read_leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0_u64;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(number).ok()?, &bytes[index + 1..]));
        }
    }
    None
}
