//! The profile picture.

use super::page::{again, failed};
use crate::failure::{Page, see_other};
use crate::forms::Form;
use crate::layers::TooLarge;
use crate::view::FieldError;
use crate::visit::AgentVisit;
use axum::Extension;
use axum::extract::Multipart;
use nameplate_app::Error;
use nameplate_app::accounts::picture;

pub(super) async fn set(
    visit: AgentVisit,
    too_large: Option<Extension<TooLarge>>,
    mut form: Multipart,
) -> Page {
    if let Some(Extension(TooLarge(bytes))) = too_large {
        // A browser shows no answer before it has sent everything. Only for who is signed in, which the visit shows.
        while let Ok(Some(mut field)) = form.next_field().await {
            while let Ok(Some(_)) = field.chunk().await {}
        }
        return refused(&visit, picture::too_large(bytes)).await;
    }
    let mut upload = Vec::new();
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("picture") {
            match field.bytes().await {
                Ok(bytes) => upload = bytes.to_vec(),
                Err(_) => return wrong(&visit, "picture-interrupted", &[]).await,
            }
        }
    }
    if upload.is_empty() {
        return wrong(&visit, "picture-none", &[]).await;
    }
    match picture::set(visit.visit.web.app(), &visit.ctx(), upload).await {
        Ok(_) => Ok(see_other("/account?saved=picture")),
        Err(error) => refused(&visit, error).await,
    }
}

async fn refused(visit: &AgentVisit, error: Error) -> Page {
    let Error::Picture(error) = error else {
        return failed(visit, error, &Form::default(), "picture", |_| {}).await;
    };
    let key = format!("picture-{}", error.code().replace('_', "-"));
    let args = error.args();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    wrong(visit, &key, &args).await
}

async fn wrong(visit: &AgentVisit, key: &str, args: &[(&str, &str)]) -> Page {
    let text = visit.visit.texts().format(key, args);
    again(visit, vec![FieldError { field: "picture".to_owned(), text }], |_| {}).await
}

pub(super) async fn remove(visit: AgentVisit) -> Page {
    match picture::remove(visit.visit.web.app(), &visit.ctx()).await {
        Ok(_) => Ok(see_other("/account?saved=picture-removed")),
        Err(error) => failed(&visit, error, &Form::default(), "picture", |_| {}).await,
    }
}
