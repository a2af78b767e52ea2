using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Hosting;

using Grpc.Core;

namespace Actors.Silo.Gateway;

/// <summary>Answers calls for work, and holds those for which there is none open until there is or the time for it is over.</summary>
internal sealed class HeldWork(
    IGrainFactory grains, SiloOptions options, WaitingCalls waiting, Farewells farewells, TimeProvider clock)
{
    /// <summary>What a collaborator has to do.</summary>
    /// <param name="experiment">In which experiment.</param>
    /// <param name="name">The collaborator.</param>
    /// <param name="context">Its call, with which the waiting ends.</param>
    public async Task<WorkAnswer> AskAsync(ExperimentId experiment, CollaboratorName name, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var collaborator = grains.GetCollaborator(new CollaboratorId(experiment.Federation, name));
        var started = clock.GetTimestamp();
        while (true)
        {
            var change = waiting.NextChange(experiment);
            var answer = await collaborator.GetWorkAsync(experiment, cancellationToken);
            var left = options.Hold - clock.GetElapsedTime(started);
            if (answer.Kind != WorkKind.Wait || left <= TimeSpan.Zero)
            {
                if (answer.Kind is WorkKind.Finished or WorkKind.Stopped)
                {
                    farewells.TellOnceSent(name, context.GetHttpContext());
                }

                return answer;
            }

            await ChangeSignal.WaitAsync(change, left, clock, cancellationToken);
        }
    }
}
