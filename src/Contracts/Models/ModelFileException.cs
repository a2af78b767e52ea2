namespace Actors.Contracts.Models;

/// <summary>A model file cannot be read or written. The message names the file, the tensor, the problem and the remedy.</summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Makes the exception; problem and remedy are clauses without a full stop.</summary>
    public ModelFileException(string path, string? tensor, string problem, string remedy, Exception? cause = null)
        : base(Describe(path, tensor, problem, remedy), cause) => (Path, Tensor) = (path, tensor);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensor the problem lies in, by name or by place; null when it is none in particular.</summary>
    public string? Tensor { get; }

    private static string Describe(string path, string? tensor, string problem, string remedy) =>
        $"{path}{(tensor is null ? "" : $", tensor '{tensor}'")}: {problem}; {remedy}.";
}
