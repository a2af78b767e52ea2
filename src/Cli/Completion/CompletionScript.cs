namespace Actors.Cli.Completion;

/// <summary>What a shell runs so that it asks <c>fx</c> itself, by its directive <c>[suggest:POSITION]</c>, for what may come next.</summary>
internal static class CompletionScript
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # Completion of fx. In ~/.bashrc: eval "$(fx completion bash)"
            _fx_complete() {
              local IFS=$'\n'
              local word="${COMP_WORDS[COMP_CWORD]}"
              COMPREPLY=( $(compgen -W "$(fx "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word") )
            }
            complete -o default -F _fx_complete fx

            """,
        ["zsh"] = """
            # Completion of fx. In ~/.zshrc, after compinit: eval "$(fx completion zsh)"
            _fx_complete() {
              local -a found
              found=("${(@f)$(fx "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              [[ -n "${found[1]}" ]] && compadd -a found || _files
            }
            compdef _fx_complete fx

            """,
        ["pwsh"] = """
            # Completion of fx. In $PROFILE: fx completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName fx -ScriptBlock {
              param($word, $line, $position)
              fx "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """,
    };

    /// <summary>The shells there is a script for.</summary>
    public static IReadOnlyCollection<string> Shells => Scripts.Keys;

    /// <summary>The script for one of <see cref="Shells"/>.</summary>
    public static string For(string shell) => Scripts[shell];
}
