namespace Actors.Contracts.Models;

/// <summary>An open model file.</summary>
public interface IModelFile : ITensorBytes, IDisposable
{
    /// <summary>The round the model is of, from 0; 0 for an initial model.</summary>
    int Round { get; }
}
