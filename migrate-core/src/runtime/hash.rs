//! A hash that is the same in every build: keys and marks that a database keeps are made of it.

/// FNV-1a. Whoever compares has few texts, so 64 bits without cryptography suffice.
pub(crate) fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
