using Actors.Contracts.Identity;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Silo.Gateway.Tests;

public class FarewellsTests
{
    private static readonly CollaboratorName One = new("one");

    private readonly Farewells _farewells = new();
    private readonly Answer _answer = new();

    [Fact]
    public async Task TheOneWhoseAnswerIsOut_WasTold_AndNotBefore()
    {
        _farewells.TellOnceSent(One, Call());
        Assert.False(_farewells.WasTold(One));

        await _answer.CompleteAsync();

        Assert.True(_farewells.WasTold(One));
        Assert.False(_farewells.WasTold(new("two")));
    }

    [Fact]
    public async Task TheOneWhoseConnectionBrokeBefore_WasNotTold()
    {
        var call = Call();
        call.RequestAborted = new(canceled: true);
        _farewells.TellOnceSent(One, call);

        await _answer.CompleteAsync();

        Assert.False(_farewells.WasTold(One));
    }

    private DefaultHttpContext Call()
    {
        var call = new DefaultHttpContext();
        call.Features.Set<IHttpResponseFeature>(_answer);
        return call;
    }

    private sealed class Answer : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Callback, object State)> _completed = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Add((callback, state));

        public async Task CompleteAsync()
        {
            foreach (var (callback, state) in _completed)
            {
                await callback(state);
            }
        }
    }
}
