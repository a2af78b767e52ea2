using Actors.Grains.Experiments;
using Actors.Silo.Running.Tests;

using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Faults.Tests;

/// <summary>Grains that do not answer for a while: on a machine that stood still, calls expire before they are looked at.</summary>
public sealed class NoAnswerTests : AggregatorTest
{
    [Fact]
    public async Task AnExperimentThatDoesNotAnswer_DoesNotEndTheProcess()
    {
        var filter = new Unanswered(failures: 2);
        await using var aggregator = await StartAsync(["one"], rounds: 1, change: settings => settings.Configure = builder =>
            builder.Services.AddSingleton<IOutgoingGrainCallFilter>(filter));
        await filter.Used.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        using var one = aggregator.Collaborator("one");

        await one.RunRoundAsync(0, 1, 10, 0.5);

        // It is there to say so to the collaborator, and ends once it has.
        Assert.True((await one.GetTasksAsync()).Stop.Finished);
        await aggregator.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    /// <summary>Fails the first questions for the experiment's state that no grain asks.</summary>
    private sealed class Unanswered(int failures) : IOutgoingGrainCallFilter
    {
        private readonly TaskCompletionSource _used = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = failures;

        public Task Used => _used.Task;

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context is not { InterfaceMethod: { Name: nameof(IExperimentGrain.GetCurrentAsync) }, SourceContext: null } || _left <= 0)
            {
                return context.Invoke();
            }

            if (Interlocked.Decrement(ref _left) == 0)
            {
                _used.TrySetResult();
            }

            throw new TimeoutException("The response did not arrive on time.");
        }
    }
}
