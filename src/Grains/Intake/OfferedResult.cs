using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;

namespace Actors.Grains.Intake;

/// <summary>A result as a gateway hands it in, whatever protocol it came by.</summary>
/// <param name="Round">The round it is for.</param>
/// <param name="Report">The result.</param>
/// <param name="Manifests">Layouts that came with it, by their hash.</param>
public sealed record OfferedResult(
    RoundId Round, TaskReport Report, IReadOnlyDictionary<TensorDigest, ModelManifest> Manifests);
