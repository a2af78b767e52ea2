#:project ../src/Experiments/Actors.Experiments.csproj

// Tasks of your own: training on shaky images, and a validation that knows which digit is read worst.
using Actors.Experiments;
using Actors.Learning;
using Actors.Learning.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

var (images, classes) = HandwrittenDigits.Load();
using var data = FederatedDataset.Shard(images, classes, collaborators: 3);

// The plan says which method a task is, and with which arguments: ShakyTrainTask is shaky_train_task, maxNoise is max_noise.
using var result = await LocalFederation.RunExperimentAsync(FederatedModel.Of<DigitReader>(), data, new()
{
    Plan =
    {
        ["aggregator.settings.rounds_to_train"] = 15,
        ["task_runner.settings.learning_rate"] = 0.005,
        ["tasks.train.function"] = "shaky_train_task",
        ["tasks.train.kwargs"] = new Dictionary<string, object?> { ["max_noise"] = 0.3 },
        ["tasks.aggregated_model_validation.function"] = "worst_digit_task",
        ["tasks.aggregated_model_validation.kwargs"] = new Dictionary<string, object?> { ["apply"] = "global" },
    },
});
result.Metrics.Plot("custom_task.png", "aggregated_model_validation/recall", "aggregated_model_validation/worst_recall");
Console.WriteLine($"Of the digit that is read worst, {result.Metrics["aggregated_model_validation/worst_recall"][^1]:P0} are read right.");

// A task runner, as a workspace has it in its src/.
public sealed class DigitReader(TorchDataLoader data, double learningRate) : TorchTaskRunner(data)
{
    private double _noise;

    [TrainTask]
    public TaskResult ShakyTrainTask(TaskContext context, double maxNoise = 0.1)
    {
        _noise = maxNoise;
        return TrainTask(context);
    }

    [ValidateTask]
    public TaskResult WorstDigitTask(TaskContext context)
    {
        Network.eval();
        using var frozen = no_grad();
        using var batch = Data.Validation!.InOrder((int)Data.ValidationSampleCount).Single();
        var right = Network.forward(batch.Input).argmax(1).eq(batch.Target).to(ScalarType.Float32);
        double[] recalls = [.. Enumerable.Range(0, 10).Select(digit => right[batch.Target.eq(digit)].mean().ToDouble())];
        return TaskResult.For(context, batch.Count, new("recall", recalls.Average()), new("worst_recall", recalls.Min()));
    }

    protected override double Train(Batch batch) => base.Train(new(batch.Input + (_noise * rand_like(batch.Input)), batch.Target));

    protected override Module<Tensor, Tensor> BuildNetwork() => Sequential(Flatten(), Linear(64, 32), ReLU(), Linear(32, 10));

    protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => optim.Adam(parameters, learningRate);
}
