using System.Reflection;
using System.Runtime.Loader;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Actors.Cli.Tutorials;

/// <summary>Compiles a tutorial against the libraries of this program and runs it here: without an SDK, and without the source tree.</summary>
internal static class TutorialProgram
{
    // What an SDK imports into every program (ImplicitUsings).
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Runs it to its end. What it throws comes through as it is.</summary>
    /// <exception cref="CommandException">It does not compile.</exception>
    public static Task RunAsync(Tutorial tutorial)
    {
        var main = AssemblyLoadContext.Default.LoadFromStream(Compile(tutorial)).EntryPoint!;
        return Task.Run(() => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null));
    }

    private static MemoryStream Compile(Tutorial tutorial)
    {
        // The directives (#:project) are an SDK's.
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest).WithFeatures([new("FileBasedProgram", "true")]);
        var compilation = CSharpCompilation.Create(
            tutorial.Name,
            [
                CSharpSyntaxTree.ParseText(tutorial.Source, options, $"{tutorial.Name}.cs"),
                CSharpSyntaxTree.ParseText(Usings, options),
            ],
            References(),
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
        var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new CommandException($"The tutorial {tutorial.Name} does not compile with this version of fx:\n{string.Join('\n', errors)}");
        }

        assembly.Position = 0;
        return assembly;
    }

    // The framework's libraries and those beside the program.
    private static IEnumerable<PortableExecutableReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .Select(path => MetadataReference.CreateFromFile(path));
}
