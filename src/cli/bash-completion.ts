/**
 * What `source <(paceline complete bash)` reads, in the place of the script of @bomb.sh/tab: that one needs the
 * package bash-completion, which is not loaded everywhere, runs what is typed through `eval`, complains
 * when it is read twice, and never completes a file name. Bash 4.4 or newer.
 */
export const BASH_COMPLETION = String.raw`# bash completion for paceline
_paceline() {
    local words=() i word value directive=0
    # Bash takes --flag=value apart at the sign; it is put together again.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${'$'}{COMP_WORDS[i]}
        if ((${'$'}{#words[@]})) && [[ $word == = || ${'$'}{COMP_WORDS[i - 1]} == = ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
    done
    local typed=${'$'}{COMP_WORDS[COMP_CWORD]}
    [[ $typed == = ]] && typed=
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        if [[ $value == :* ]]; then
            directive=${'$'}{value#:}
        elif [[ $value == "$typed"* ]]; then
            COMPREPLY+=("$value")
        fi
    done < <(paceline complete -- "${'$'}{words[@]}" 2>/dev/null)
    if ((${'$'}{#COMPREPLY[@]} == 0 && (directive & 4) == 0)); then
        compopt -o default
    fi
}
complete -F _paceline paceline`;
