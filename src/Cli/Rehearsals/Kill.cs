using Actors.Contracts.Faults;

namespace Actors.Cli.Rehearsals;

/// <summary>One death that a rehearsal gives to one node.</summary>
/// <param name="Fault">The named instruction at which the process kills itself; null for a kill from outside.</param>
/// <param name="After">Of a kill from outside: how long the process has lived by then.</param>
/// <param name="Pause">How long the node stays away before it is started again.</param>
internal sealed record Kill(ArmedFault? Fault, TimeSpan After, TimeSpan Pause);
