using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Tensors.Tests;

public sealed class KeptResultsTests : IDisposable
{
    private static readonly RoundId Round3 = RoundId.Parse("hospitals/tumours/3");
    private static readonly TensorDigest Model = TensorDigester.Of([1, 2, 3]);

    private readonly TemporaryFolder _folder = new();
    private readonly LocalTensorStore _tensors;
    private readonly KeptResults _kept;

    public KeptResultsTests()
    {
        _tensors = new(_folder.In("tensors"));
        _kept = new(_folder.In("results"), _tensors);
    }

    [Fact]
    public void Find_AfterARestart_GivesTheReport()
    {
        _kept.Keep(Round3, Model, Report("train"));

        var found = new KeptResults(_folder.In("results"), _tensors).Find(Round3, Model, "train");

        Assert.Equal(Report("train"), found);
    }

    [Fact]
    public void Find_SameRoundFromAnotherModel_IsNothing()
    {
        _kept.Keep(Round3, Model, Report("train"));

        Assert.Null(_kept.Find(Round3, TensorDigester.Of([9]), "train"));
    }

    [Fact]
    public void Find_BytesGone_IsNothing()
    {
        var report = Report("train");
        report.Bundles.Add(new Wire.ReportedBundle { Bundle = new() { Kind = "model", Digest = $"{Model}", ByteLength = 3 } });
        _kept.Keep(Round3, Model, report);

        Assert.Null(_kept.Find(Round3, Model, "train"));
        Assert.Empty(_kept.TasksOf(Round3, Model));
    }

    [Fact]
    public void Find_TornFile_IsNothing()
    {
        _kept.Keep(Round3, Model, Report("train"));
        var file = Directory.GetFiles(_folder.In("results"), "*.report", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

        Assert.Null(_kept.Find(Round3, Model, "train"));
    }

    [Fact]
    public void DropAllBut_KeepsTheRoundOnly()
    {
        var round4 = new RoundId(Round3.Experiment, 4);
        _kept.Keep(Round3, Model, Report("train"));
        _kept.Keep(round4, Model, Report("train"));
        _kept.Keep(round4, TensorDigester.Of([9]), Report("train"));

        _kept.DropAllBut(round4, Model);

        Assert.Empty(_kept.TasksOf(Round3, Model));
        Assert.Empty(_kept.TasksOf(round4, TensorDigester.Of([9])));
        Assert.Equal(["train"], _kept.TasksOf(round4, Model));
    }

    // A round is not much of a folder, but a thousand are.
    [Fact]
    public void ManyRounds_LeaveNoMoreThanOne()
    {
        _kept.Keep(RoundId.Parse("hospitals/lungs/9"), Model, Report("train"));
        for (var number = 0; number < 20; number++)
        {
            var round = new RoundId(Round3.Experiment, number);
            _kept.Keep(round, Model, Report("train"));
            _kept.DropAllBut(round, Model);
        }

        Assert.Equal([$"19-{Model}", "hospitals", "tumours"], Folders());
        _kept.DropAll();
        Assert.Empty(Folders());
    }

    private IEnumerable<string?> Folders() => Directory
        .GetDirectories(_folder.In("results"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    [Fact]
    public void Keep_TaskNameThatIsAPath_IsRefused() =>
        Assert.Throws<ArgumentException>(() => _kept.Keep(Round3, Model, Report("../../train")));

    public void Dispose() => _folder.Dispose();

    private static Wire.ResultReport Report(string task) => new()
    {
        Experiment = "hospitals/tumours",
        Round = 3,
        Task = task,
        SampleCount = 7,
        Metrics = { new Wire.Metric { Name = "loss", Value = 0.5 } },
    };
}
