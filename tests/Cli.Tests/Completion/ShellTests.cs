using System.Diagnostics;

using Actors.Cli.Tests;

namespace Actors.Cli.Completion.Tests;

/// <summary>The scripts, sourced by the shells themselves and asked as a press of the tabulator key asks them.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ShellTests()
    {
        var program = _folder.In("fx");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData("fx plan ", "fx plan ''", "check freeze initialize print remove save switch")]
    [InlineData("fx plan in", "fx plan in", "initialize")]
    [InlineData("fx workspace create --template ", "fx workspace create --template ''", "logistic_breast_cancer synthetic torch_cnn_digits torch_cnn_fashion_mnist torch_cnn_mnist unet_segmentation")]
    [InlineData("fx workspace create --template=to", "fx workspace create --template = to", "torch_cnn_digits torch_cnn_fashion_mnist torch_cnn_mnist")]
    [InlineData("fx workspace create --template=", "fx workspace create --template =", "logistic_breast_cancer synthetic torch_cnn_digits torch_cnn_fashion_mnist torch_cnn_mnist unet_segmentation")]
    [InlineData("fx aggregator start --dur", "fx aggregator start --dur", "--durability")]
    public void Bash_OffersWhatMayComeNext(string line, string words, string expected)
    {
        var offered = Run("bash", $$"""
            eval "$(fx completion bash)"
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{words}})
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _fx_complete fx
            printf '%s\n' "${COMPREPLY[@]}"
            """, "--norc", "-c");
        Assert.Equal(expected.Split(' '), offered.Where(word => line.Contains("--dur", StringComparison.Ordinal) || !word.StartsWith('-')));
    }

    [Theory]
    [InlineData("fx plan in", "initialize")]
    [InlineData("fx workspace create --template to", "torch_cnn_digits torch_cnn_fashion_mnist torch_cnn_mnist")]
    public void Fish_OffersWhatMayComeNext(string line, string expected) => Assert.Equal(
        expected.Split(' '),
        Run("fish", $"fx completion fish | source; complete --do-complete '{line}'", "--no-config", "-c"));

    [Theory]
    [InlineData("fx plan ini", "fx plan initialize ")]
    [InlineData("fx workspace create --template=syn", "fx workspace create --template=synthetic ")]
    public void Zsh_CompletesTheLine(string line, string expected)
    {
        // A completion of zsh only works in its line editor, which a pseudo-terminal gives it.
        var seen = string.Join('\n', Run("zsh", $$"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1=; PATH={{_folder.Root}}:$PATH; autoload -U compinit; compinit -u -D; eval "$(fx completion zsh)"; bindkey "^I" complete-word; show() { print -r -- "<$BUFFER>"; zle kill-buffer; }; zle -N show; bindkey "^X" show'
            zpty -w -n shell $'{{line}}\t\x18'
            repeat 200; do
              zpty -r -t shell out && print -rn -- "$out" || sleep 0.1
              [[ "$out" == *'<{{line[..8]}}'*'>'* ]] && break
            done
            zpty -d shell
            """, "-f", "-c"));
        Assert.Contains($"<{expected}>", seen, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Run(string shell, string script, params string[] options)
    {
        var start = new ProcessStartInfo(shell, [.. options, script])
        {
            WorkingDirectory = _folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.Root}:{Environment.GetEnvironmentVariable("PATH")}";
        Assert.SkipUnless(start.Environment["PATH"]!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell))), $"{shell} is not installed.");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal("", error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
