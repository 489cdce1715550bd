//! What is answered to whom: hosts, methods, headers, errors.

use crate::pages::{self, Page};
use crate::pool::Pool;
use crate::query::Query;
use crate::{Pasted, ReadReport, ServeError, Settings};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use counterclaim_record::RecordError;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Bytes of a form at most; a character may take nine of them.
const FORM: usize = 1 << 20;
/// Characters of a pasted report at most, about ten thousand words.
const LONGEST: usize = 60_000;
/// Nothing from elsewhere, no script, no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const STYLE: &str = include_str!("templates/style.css");
const ICON: &str = include_str!("templates/icon.svg");

/// Why a page is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Wrong values in the query or the form.
    Bad(String),
    /// Nothing there.
    Missing(String),
    /// Not from here.
    Forbidden(&'static str),
    /// This path takes other methods.
    Method(&'static str),
    /// Too much.
    TooLarge(String),
    /// Our fault, or the file's.
    Failed(String),
}

impl From<RecordError> for Refusal {
    fn from(error: RecordError) -> Refusal {
        match error {
            RecordError::Unknown { what } => Refusal::Missing(format!("There is no {what}.")),
            error => Refusal::Failed(format!("The record says: {error}.")),
        }
    }
}

/// All that requests share.
pub(crate) struct App {
    pool: Pool,
    environment: Environment<'static>,
    reader: Arc<dyn ReadReport>,
    /// Reading takes a core; two at a time leave one for pages.
    readings: Semaphore,
    port: u16,
    demo: bool,
}

impl App {
    pub(crate) fn new(settings: &Settings, port: u16, reader: Arc<dyn ReadReport>) -> Result<App, ServeError> {
        Ok(App {
            pool: Pool::new(settings.record.clone())?,
            environment: pages::environment()?,
            reader,
            readings: Semaphore::new(2),
            port,
            demo: settings.demo,
        })
    }
}

pub(crate) fn router(app: App) -> Router {
    Router::new().fallback(answer).with_state(Arc::new(app))
}

async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let wants_json = path.ends_with(".json") || accepts_json(&parts.headers);
    let host = host(&parts.headers, parts.uri.host());
    if !is_here(host, app.port) {
        let refusal = Refusal::Forbidden("This server answers only to 127.0.0.1, localhost and [::1].");
        return refuse(&app, &refusal, wants_json);
    }
    let is_read = matches!(path.as_str(), "/read" | "/read.json");
    let allowed = matches!(parts.method, Method::GET | Method::HEAD) || parts.method == Method::POST && is_read;
    if !allowed {
        return refuse(&app, &Refusal::Method(if is_read { "GET, HEAD, POST" } else { "GET, HEAD" }), wants_json);
    }
    match path.as_str() {
        "/style.css" => return fixed("text/css; charset=utf-8", STYLE),
        "/favicon.svg" | "/favicon.ico" => return fixed("image/svg+xml", ICON),
        _ => {}
    }
    let made = if parts.method == Method::POST {
        if !is_own(&parts.headers, app.port) {
            return refuse(&app, &Refusal::Forbidden("The form was sent by another site."), wants_json);
        }
        let Ok(bytes) = axum::body::to_bytes(body, FORM).await else {
            let refusal = Refusal::TooLarge(format!("A form has at most {FORM} bytes."));
            return refuse(&app, &refusal, wants_json);
        };
        read(&app, &bytes).await
    } else {
        let query = Query::parse(parts.uri.query().unwrap_or(""));
        let asked = path.strip_suffix(".json").unwrap_or(&path).to_owned();
        let of = Arc::clone(&app);
        let page =
            tokio::task::spawn_blocking(move || of.pool.ask(|record| Ok(pages::page(record, &asked, &query)))).await;
        match page {
            Ok(Ok(page)) => page,
            Ok(Err(error)) => Err(Refusal::from(error)),
            Err(_) => Err(Refusal::Failed("This page could not be made.".to_owned())),
        }
    };
    match made {
        Ok(page) if wants_json => json(StatusCode::OK, &page.data),
        Ok(page) => html(&app, StatusCode::OK, &page),
        Err(refusal) => refuse(&app, &refusal, wants_json),
    }
}

/// Reads a pasted report and shows its ledger; nothing is stored.
async fn read(app: &Arc<App>, form: &[u8]) -> Result<Page, Refusal> {
    let query = Query::parse(&String::from_utf8_lossy(form));
    let known = ["text", "title", "publisher", "published"];
    if let Some(name) = query.unknown(&known) {
        return Err(Refusal::Bad(format!("The form has no field “{name}”.")));
    }
    let own = |name: &str| query.get(name).map(str::to_owned);
    let pasted = Pasted {
        text: query.raw("text").unwrap_or_default().replace("\r\n", "\n"),
        title: own("title"),
        publisher: own("publisher"),
        published: own("published"),
    };
    if pasted.text.trim().is_empty() {
        return Err(Refusal::Bad("The report has no text.".to_owned()));
    }
    let length = pasted.text.chars().count();
    if length > LONGEST {
        return Err(Refusal::TooLarge(format!("The report has {length} characters; at most {LONGEST} are read here.")));
    }
    let failed = || Refusal::Failed("The report could not be read.".to_owned());
    let _turn = app.readings.acquire().await.map_err(|_| failed())?;
    let of = Arc::clone(app);
    tokio::task::spawn_blocking(move || of.reader.read(&pasted).map(|ledger| pages::pasted(&ledger)))
        .await
        .map_err(|_| failed())?
        .map_err(Refusal::Bad)
}

/// The name by which the client calls us.
fn host<'h>(headers: &'h HeaderMap, of_uri: Option<&'h str>) -> &'h str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).or(of_uri).unwrap_or("")
}

/// Whether a name is this machine's own: another name that leads here was made for an attack (DNS rebinding).
fn is_here(host: &str, port: u16) -> bool {
    let name = host.strip_suffix(&format!(":{port}")).unwrap_or(host);
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

/// Whether a form comes from our own pages, or from no page at all.
fn is_own(headers: &HeaderMap, port: u16) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    // A page without a referrer sends the origin `null`; `sec-fetch-site` tells then.
    let origin = text("origin").is_none_or(|origin| {
        origin == "null" && text("sec-fetch-site").is_some()
            || origin.strip_prefix("http://").is_some_and(|host| is_here(host, port))
    });
    site && origin
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("");
    accept.contains("application/json") && !accept.contains("text/html")
}

fn respond(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    response
}

fn fixed(kind: &'static str, body: &'static str) -> Response {
    let mut response = respond(StatusCode::OK, kind, body);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    response
}

fn json(status: StatusCode, data: &serde_json::Value) -> Response {
    respond(status, "application/json; charset=utf-8", format!("{data:#}\n"))
}

fn html(app: &App, status: StatusCode, page: &Page) -> Response {
    let drawn = app.environment.get_template(page.template).and_then(|template| {
        template.render(context! {
            title => &page.title,
            here => page.here,
            twin => &page.twin,
            demo => app.demo,
            ..Value::from(Serde(&page.view))
        })
    });
    match drawn {
        Ok(text) => respond(status, "text/html; charset=utf-8", text),
        Err(error) => respond(
            StatusCode::INTERNAL_SERVER_ERROR,
            "text/plain; charset=utf-8",
            format!("this page cannot be drawn: {error:#}\n"),
        ),
    }
}

fn refuse(app: &App, refusal: &Refusal, wants_json: bool) -> Response {
    let (status, heading, words) = match refusal {
        Refusal::Bad(words) => (StatusCode::BAD_REQUEST, "That cannot be asked", words.as_str()),
        Refusal::Missing(words) => (StatusCode::NOT_FOUND, "Not in this record", words.as_str()),
        Refusal::Forbidden(words) => (StatusCode::FORBIDDEN, "Not from there", *words),
        Refusal::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, "Not in that way", "This page takes another method."),
        Refusal::TooLarge(words) => (StatusCode::PAYLOAD_TOO_LARGE, "Too long", words.as_str()),
        Refusal::Failed(words) => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", words.as_str()),
    };
    let data = serde_json::json!({"error": words, "status": status.as_u16()});
    let mut response = if wants_json { json(status, &data) } else { html(app, status, &Page::error(heading, words)) };
    if let Refusal::Method(allowed) = refusal {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, here) in [
            ("127.0.0.1:8087", true),
            ("localhost:8087", true),
            ("[::1]:8087", true),
            ("127.0.0.1", true),
            ("127.0.0.1:80", false),
            ("rebind.example:8087", false),
            ("127.0.0.1.rebind.example:8087", false),
            ("localhost.rebind.example", false),
            ("", false),
        ] {
            assert_eq!(is_here(host, 8087), here, "{host}");
        }
    }

    #[test]
    fn only_own_forms_are_read() {
        for (site, origin, own) in [
            (None, None, true),
            (Some("same-origin"), Some("http://127.0.0.1:8087"), true),
            (Some("same-origin"), Some("null"), true),
            (Some("cross-site"), Some("null"), false),
            (None, Some("null"), false),
            (Some("cross-site"), None, false),
            (None, Some("http://rebind.example"), false),
            (None, Some("https://127.0.0.1:8087"), false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(site) = site {
                headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            }
            if let Some(origin) = origin {
                headers.insert("origin", HeaderValue::from_static(origin));
            }
            assert_eq!(is_own(&headers, 8087), own, "{site:?} {origin:?}");
        }
    }
}
