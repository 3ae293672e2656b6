
# `cargo migrate` is completed as `cargo-migrate` is; what completed `cargo` before goes on with everything else.
_cargo_migrate_of_cargo() {
    if [[ $COMP_CWORD -ge 2 && ${COMP_WORDS[1]} == migrate ]]; then
        COMP_WORDS=(cargo-migrate "${COMP_WORDS[@]:2}")
        COMP_CWORD=$((COMP_CWORD - 1))
        _cargo_migrate cargo-migrate "$2" "$3"
    elif [[ -n $_cargo_migrate_before ]]; then
        "$_cargo_migrate_before" "$@"
    fi
}

if ! complete -p cargo &>/dev/null && declare -F _completion_loader &>/dev/null; then
    _completion_loader cargo &>/dev/null
fi
if [[ $(complete -p cargo 2>/dev/null) =~ -F\ ([^ ]+) && ${BASH_REMATCH[1]} != _cargo_migrate_of_cargo ]]; then
    _cargo_migrate_before=${BASH_REMATCH[1]}
fi
complete -F _cargo_migrate_of_cargo -o bashdefault -o default cargo
