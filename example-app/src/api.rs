//! The HTTP interface: JSON in, JSON out.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use migrate_core::Migrator;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::migrations;
use crate::store::{Objective, Store, StoreError, User};

#[derive(Clone)]
struct App {
    store: Store,
    migrator: Arc<Migrator>,
}

/// All routes over a store.
pub fn router(store: Store) -> Router {
    let migrator = Arc::new(migrations::migrator());
    Router::new()
        .route("/health", get(health))
        .route("/users", get(users).post(add_user))
        .route("/users/{id}/objectives", get(objectives).post(add_objective))
        .with_state(App { store, migrator })
}

async fn health(State(app): State<App>) -> Result<Json<Value>, StoreError> {
    let revision = app.store.revisions(&app.migrator).await?;
    Ok(Json(json!({ "status": "ok", "revision": revision })))
}

#[derive(Deserialize)]
struct NewUser {
    email: String,
    name: Option<String>,
}

async fn users(State(app): State<App>) -> Result<Json<Vec<User>>, StoreError> {
    Ok(Json(app.store.users().await?))
}

async fn add_user(
    State(app): State<App>,
    Json(new): Json<NewUser>,
) -> Result<(StatusCode, Json<User>), StoreError> {
    let user = app.store.add_user(&new.email, new.name.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(user)))
}

#[derive(Deserialize)]
struct NewObjective {
    title: String,
}

async fn objectives(
    State(app): State<App>,
    Path(user): Path<Uuid>,
) -> Result<Json<Vec<Objective>>, StoreError> {
    Ok(Json(app.store.objectives(user).await?))
}

async fn add_objective(
    State(app): State<App>,
    Path(user): Path<Uuid>,
    Json(new): Json<NewObjective>,
) -> Result<(StatusCode, Json<Objective>), StoreError> {
    let objective = app.store.add_objective(user, &new.title).await?;
    Ok((StatusCode::CREATED, Json(objective)))
}

impl IntoResponse for StoreError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Exists => StatusCode::CONFLICT,
            Self::NoUser => StatusCode::NOT_FOUND,
            Self::Database(_) | Self::Revision(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}
