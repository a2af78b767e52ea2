using Actors.Contracts.Models;
using Actors.Learning;

namespace Actors.Experiments.Composition;

/// <summary>Puts a model file into a runner.</summary>
internal static class RunnerModel
{
    /// <summary>Copies every tensor in.</summary>
    /// <param name="runner">A runner whose model is laid out as the file is.</param>
    /// <param name="file">The tensors.</param>
    public static void Load(this TaskRunner runner, ITensorBytes file)
    {
        for (var tensor = 0; tensor < runner.Model.Tensors.Length; tensor++)
        {
            var bytes = new byte[runner.Model.Tensors[tensor].ByteLength];
            file.Read(file.Manifest.OffsetOf(tensor), bytes);
            runner.WriteModelTensor(tensor, bytes);
        }
    }
}
