namespace Actors.Silo.Federations.Tests;

public sealed class UploadTurnsTests
{
    private readonly UploadTurns _turns = new();

    [Fact]
    public async Task Take_WhileAnotherHasIt_EndsTheOther_AndWaitsUntilItIsGivenBack()
    {
        var first = await _turns.TakeAsync("a", CancellationToken.None);
        var taking = _turns.TakeAsync("a", CancellationToken.None);
        Assert.True(first.Token.IsCancellationRequested);
        Assert.False(taking.IsCompleted);

        first.Dispose();

        using var second = await taking.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(second.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Take_OfAnotherSubmission_DisturbsNobody()
    {
        using var first = await _turns.TakeAsync("a", CancellationToken.None);
        using var second = await _turns.TakeAsync("b", CancellationToken.None);
        Assert.False(first.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Take_ByOneWhoIsOvertakenWhileItWaits_IsCancelled_AndTheLastStillWaitsForTheFirst()
    {
        var first = await _turns.TakeAsync("a", CancellationToken.None);
        var second = _turns.TakeAsync("a", CancellationToken.None);
        var third = _turns.TakeAsync("a", CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);

        first.Dispose();

        (await third.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }

    [Fact]
    public async Task Turn_EndsWithItsCall()
    {
        using var call = new CancellationTokenSource();
        using var turn = await _turns.TakeAsync("a", call.Token);
        await call.CancelAsync();
        Assert.True(turn.Token.IsCancellationRequested);
    }
}
