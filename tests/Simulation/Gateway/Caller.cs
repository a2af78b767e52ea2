using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

namespace Actors.Simulation.Gateway;

/// <summary>Who calls the gateway.</summary>
internal readonly record struct Caller(CollaboratorName Name, int Index);

/// <summary>The header of an upload, and where it begins.</summary>
internal readonly record struct Push(int Round, string Task, TensorDigest Digest, long Offset);
