namespace Actors.Cli.Completion;

/// <summary>What a shell runs so that it asks <c>fx</c> itself, by its directive <c>[suggest:POSITION]</c>, for what may come next.</summary>
internal static class CompletionScript
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # Completion of fx. In ~/.bashrc: eval "$(fx completion bash)"
            _fx_complete() {
              local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]#=}" line="${COMP_LINE:0:COMP_POINT}"
              line="${line//=/ }"
              mapfile -t COMPREPLY < <(compgen -W "$(fx "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word")
            }
            complete -o default -F _fx_complete fx

            """,
        ["zsh"] = """
            # Completion of fx. In ~/.zshrc, after compinit: eval "$(fx completion zsh)"
            _fx_complete() {
              local -a found
              local line="${LBUFFER//=/ }"
              found=("${(@f)$(fx "[suggest:${#line}]" "$line" 2>/dev/null)}")
              compset -P '--*='
              [[ -n "${found[1]}" ]] && compadd -a found || _files
            }
            compdef _fx_complete fx

            """,
        ["fish"] = """
            # Completion of fx. In ~/.config/fish/config.fish: fx completion fish | source
            function __fx_complete
              set -l line (commandline --cut-at-cursor | string replace --all '=' ' ')
              fx "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete --command fx --arguments '(__fx_complete)'

            """,
        ["pwsh"] = """
            # Completion of fx. In $PROFILE: fx completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName fx -ScriptBlock {
              param($word, $line, $position)
              $line = "$line".Replace('=', ' ')
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
