//! What SQLite's schema tells. It keeps the text of each `CREATE`, and edits it when a table is altered: so a table is
//! told part by part, and neither blanks nor quotes of names count.

use crate::TestDatabase;

pub(super) async fn lines(database: &TestDatabase) -> Vec<String> {
    let columns = "SELECT concat_ws(' ', 'column', m.name || '.' || c.name, '#' || (1 + c.cid), c.type) \
                   FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c WHERE m.type IN ('table', 'view')";
    let mut lines = database.rows(columns).await;
    let objects = "SELECT name, type, hex(sql) FROM sqlite_master WHERE sql IS NOT NULL";
    for object in database.rows(objects).await {
        let mut parts = object.rsplitn(3, " | ");
        let (sql, kind, name) = (parts.next(), parts.next(), parts.next());
        let (Some(sql), Some(kind), Some(name)) = (sql, kind, name) else {
            continue;
        };
        let sql = unhex(sql);
        if kind == "table" {
            lines.extend(
                parts_of(&sql)
                    .into_iter()
                    .map(|part| format!("table {name}: {part}")),
            );
        } else {
            lines.push(format!("{kind} {name}: {}", normal(&sql)));
        }
    }
    let contents = database.rows(CONTENTS).await.join(";");
    lines.extend(database.rows(&contents).await);
    lines
}

/// A query for each table, for its rows. Opening the file takes longer than reading it.
const CONTENTS: &str = "\
SELECT format('SELECT %Q || %s FROM \"%w\"', 'row of ' || m.name || ': ', \
(SELECT group_concat(format('quote(\"%w\")', c.name), ' || '' | '' || ') FROM pragma_table_xinfo(m.name) AS c), m.name) \
FROM sqlite_master AS m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'";

/// The definitions between the outer parentheses of a `CREATE TABLE`, and what follows them.
fn parts_of(sql: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut depth, mut quote) = (0_u32, None);
    for character in sql.chars() {
        if let Some(end) = quote {
            if character == end {
                quote = None;
            }
        } else {
            match character {
                '\'' | '"' | '`' => quote = Some(character),
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let opens = character == '(' && depth == 1;
            let closes = character == ')' && depth == 0;
            if opens || closes || (character == ',' && depth == 1) {
                parts.push(String::new());
                continue;
            }
        }
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    // The first is `CREATE TABLE` and the name.
    let parts = parts.iter().skip(1).map(|part| normal(part));
    parts.filter(|part| !part.is_empty()).collect()
}

/// A column that gets another name is in quotes wherever it is mentioned.
fn normal(sql: &str) -> String {
    let unquoted = sql.replace(['`', '"'], "");
    unquoted.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unhex(digits: &str) -> String {
    let bytes = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).unwrap_or_default();
        u8::from_str_radix(pair, 16).unwrap_or_default()
    });
    String::from_utf8_lossy(&bytes.collect::<Vec<_>>()).into_owned()
}
