//! The GetAnswers backend.
