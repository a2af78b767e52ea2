#:project ../src/Experiments/Actors.Experiments.csproj

// A federation that lives on: experiments are submitted and queued, and at one site a person looks at each before it runs there.
using Actors.Contracts.Federations;
using Actors.Experiments;
using Actors.Experiments.Federations;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

var (images, classes) = HandwrittenDigits.Load();
using var data = FederatedDataset.Shard(images, classes, collaborators: 3);
var model = new FederatedModel(
    () => Sequential(("flatten", Flatten()), ("hidden", Linear(64, 32)), ("relu", ReLU()), ("scores", Linear(32, 10))),
    parameters => optim.Adam(parameters, 0.002));

// The aggregator, a host at each site and an operator. They stay, whatever is trained; what a host takes part in is for its site to say.
await using var federation = await LongLivedFederation.StartAsync(model, data, new()
{
    Policies =
    {
        ["collaborator1"] = HostPolicy.Automatic,
        ["collaborator2"] = HostPolicy.SignedBy("operator"),
        ["collaborator3"] = HostPolicy.Review,
    },
});

// The operator submits two experiments. Each is signed, and starts once everybody has answered; the second waits for its turn.
var modest = await SubmitAsync("modest", epochs: 1);
var greedy = await SubmitAsync("greedy", epochs: 5);

// The person at the third site reads the plans of both, and takes part in one.
await foreach (var experiment in federation.HostOf("collaborator3").StreamReviewsAsync().Take(2))
{
    Console.WriteLine($"{experiment.Name}, signed by {experiment.Author}: {experiment.Plan.Split('\n').First(line => line.Contains("epochs"))}");
    await (experiment.Name == "modest" ? experiment.ApproveAsync("as agreed") : experiment.RefuseAsync("our machine has no time for five epochs"));
}

// Rounds are heard of as they end. When an experiment is over, its report says who took part, and its models are there to be fetched.
LinePlot.Save(
    "long_lived_federation.png",
    new("Two experiments of one federation", "round", "accuracy"), await FollowAsync(modest), await FollowAsync(greedy));
await modest.SaveLastModelAsync("modest.pbuf");

async Task<FederatedExperiment> SubmitAsync(string name, int epochs)
{
    using var package = await federation.PrepareAsync(
        name, new Dictionary<string, object?> { ["aggregator.settings.rounds_to_train"] = 6, ["tasks.train.kwargs.epochs"] = epochs });
    return await federation.Operator.SubmitAsync(package);
}

async Task<PlotLine> FollowAsync(FederatedExperiment experiment)
{
    var accuracy = await experiment.StreamMetricsAsync().Select(round => round["aggregated_model_validation/accuracy"]!.Value).ToArrayAsync();
    var report = await experiment.GetReportAsync();
    var others = report.Hosts.Where(host => host.Answer != "accepted").Select(host => $", without {host.Collaborator}: {host.Reason}");
    Console.WriteLine($"{report.Name} is {report.State} at {accuracy[^1]:F2}{string.Concat(others)}");
    return new(report.Name, [.. accuracy.Select((_, round) => (double)round)], accuracy);
}
