using System.Collections.Immutable;

using Actors.Contracts.Tensors;

namespace Actors.Contracts.Models;

/// <summary>What a model file holds, and where in the file each tensor's values start.</summary>
internal sealed record ModelFileContents(ModelManifest Manifest, int Round, ImmutableArray<long> Positions);
