//! Installing a Debian package, where that is possible and allowed.

use std::process::Command;

use crate::failure::Failure;
use crate::process;

/// Whether this process runs as root.
pub(crate) fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// Installs packages with apt-get, as root or by a sudo that asks for no password.
///
/// `missing` says what is missing and `otherwise` what to install on other systems; both are for the failure.
pub(crate) fn install(packages: &[&str], missing: &str, otherwise: &str) -> Result<(), Failure> {
    let list = packages.join(" ");
    if process::on_path("apt-get").is_none() {
        return Err(Failure::new(missing).hint(otherwise));
    }
    let sudo: &[&str] = if is_root() {
        &[]
    } else if process::output(Command::new("sudo").args(["-n", "true"])).is_ok() {
        &["sudo", "-n"]
    } else {
        return Err(Failure::new(missing)
            .hint(format!("`sudo apt-get install {list}` installs it"))
            .hint(otherwise));
    };
    eprintln!("xtask: {missing}; installing {list} (apt-get)");
    let apt_get = |arguments: &[&str]| {
        let words = [
            sudo,
            &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"],
            arguments,
        ]
        .concat();
        process::output(Command::new(words[0]).args(&words[1..]))
    };
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    if apt_get(&install).is_ok() {
        return Ok(());
    }
    // A fresh container has no package lists.
    apt_get(&["update"])
        .and_then(|_| apt_get(&install))
        .map_err(|failure| failure.hint(otherwise))?;
    Ok(())
}
