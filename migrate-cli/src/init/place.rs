//! Where things are, and the way from one to another, as a file can say it.

use std::path::{Component, Path, PathBuf};

use super::InitError;

/// The absolute path of something that may not be there yet, without links as far as it is there.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, InitError> {
    let failed = |source| InitError::Read {
        path: path.to_owned(),
        source,
    };
    let path = std::path::absolute(path).map_err(failed)?;
    let there = path.ancestors().find(|above| above.exists()).unwrap_or(&path);
    let missing = path.strip_prefix(there).unwrap_or(&path).components();
    let mut absolute = there.canonicalize().map_err(failed)?;
    for component in missing {
        match component {
            Component::Normal(name) => absolute.push(name),
            // What is not there is no link: its `..` leads back.
            Component::ParentDir => drop(absolute.pop()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Ok(absolute)
}

/// The way from one folder to another, with `/`. Both are absolute.
pub(super) fn between(from: &Path, to: &Path) -> Result<String, InitError> {
    let common = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(common).map(|_| Ok(".."));
    let down = to
        .components()
        .skip(common)
        .map(|component| utf8(Path::new(component.as_os_str())));
    let parts = up.chain(down).collect::<Result<Vec<&str>, _>>()?;
    Ok(if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    })
}

/// A path as text: it goes into a file that is UTF-8.
pub(super) fn utf8(path: &Path) -> Result<&str, InitError> {
    path.to_str().ok_or_else(|| InitError::NotUtf8 {
        path: path.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_two_folders_goes_up_and_down() {
        let way = |from, to| between(Path::new(from), Path::new(to)).unwrap();
        assert_eq!(way("/a/b", "/a/b"), ".");
        assert_eq!(way("/a/b/c", "/a"), "../..");
        assert_eq!(way("/a", "/a/b/c"), "b/c");
        assert_eq!(way("/a/b", "/a/c"), "../c");
    }

    #[test]
    fn a_path_is_absolute_also_where_nothing_is_yet() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().canonicalize().unwrap();
        let of = |path: &str| absolute(&folder.path().join(path)).unwrap();
        assert_eq!(of("."), there);
        assert_eq!(of("a/./b"), there.join("a/b"));
        assert_eq!(of("a/../b"), there.join("b"));
    }
}
