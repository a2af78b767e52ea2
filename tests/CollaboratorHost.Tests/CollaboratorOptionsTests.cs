using Actors.Contracts.Plans;

namespace Actors.CollaboratorHost.Tests;

public sealed class CollaboratorOptionsTests
{
    [Fact]
    public void Problems_GoodOptions_AreNone() => Assert.Empty(Good().Problems());

    [Fact]
    public void Problems_EverythingWrong_AreAllTold()
    {
        var options = new CollaboratorOptions
        {
            Collaborator = "../one",
            Addresses = [new("http://aggregator:50051")],
            StateFolder = " ",
            PlanHash = "AB",
            Plan = "",
            WorkspaceHash = "",
            OptimizerTreatment = (OptimizerTreatment)9,
            ReconnectInterval = TimeSpan.Zero,
            LongestReconnectInterval = TimeSpan.FromSeconds(-1),
            TaskRetries = -1,
        };

        Assert.Equal(
            [
                "Collaborator '../one' is no name: use the common name of the collaborator's certificate.",
                "Address 'http://aggregator:50051/' is no gateway: write https://host:port.",
                "StateFolder is empty: give a folder the collaborator may write to.",
                "Plan is empty: give the plan's canonical form.",
                "PlanHash 'AB' is no SHA-384: write 96 lower-case hexadecimal digits.",
                "WorkspaceHash '' is no SHA-384: write 96 lower-case hexadecimal digits.",
                "OptimizerTreatment 9 is unknown: use Reset, ContinueLocal or ContinueGlobal.",
                "ReconnectInterval 00:00:00 is not positive: a failed call must wait before the next.",
                "LongestReconnectInterval -00:00:01 is shorter than ReconnectInterval 00:00:00: make it at least as long.",
                "TaskRetries -1 is negative: use 0 to give up at the first failure.",
            ],
            options.Problems());
    }

    [Fact]
    public void Problems_NoAddress_IsTold() =>
        Assert.Equal(
            ["Addresses is empty: give at least one gateway address, such as https://aggregator.example:50051."],
            Good([]).Problems());

    private static CollaboratorOptions Good(Uri[]? addresses = null) => new()
    {
        Collaborator = "one",
        Addresses = addresses ?? [new("https://aggregator:50051")],
        StateFolder = "state",
        PlanHash = new string('a', 96),
        Plan = "{}",
        WorkspaceHash = new string('b', 96),
    };
}
