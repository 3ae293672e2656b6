//! The harness of the tests that need more than one crate or a real server.
