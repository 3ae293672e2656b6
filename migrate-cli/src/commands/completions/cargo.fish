
# `cargo migrate` is completed as `cargo-migrate` is.
function __fish_cargo_migrate_of_cargo
    set -l words (commandline -opc)
    set -e words[1..2]
    complete -C (string join ' ' -- cargo-migrate (string escape -- $words) (commandline -ct))
end
complete -c cargo -n '__fish_seen_subcommand_from migrate' -f -a '(__fish_cargo_migrate_of_cargo)'
