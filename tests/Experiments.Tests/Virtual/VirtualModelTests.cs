using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Virtual.Tests;

public class VirtualModelTests
{
    private static readonly ImageSamples Tiny = new([255, 0, 0, 51], [1, 0], 1, 2);
    private static readonly ImageSamples Training = ImageSamples.Synthetic(400, 1);
    private static readonly ImageSamples Validation = ImageSamples.Synthetic(100, 2);

    [Fact]
    public void LogisticRegression_OneStep_IsByHand()
    {
        // From zeros both classes have 1/2; the mean gradient of (1, 0) in class 1 and (0, 0.2) in class 0, times 0.4.
        var model = new LogisticRegression(Tiny, Tiny, epochs: 1, batchSize: 2, learningRate: 0.4);
        var parameters = new float[model.Manifest.ByteLength / sizeof(float)];
        using var trainer = model.NewTrainer();
        var loss = trainer.Train(parameters, [0, 1], seed: 0);

        Assert.Equal(Math.Log(2), loss, 1e-6);
        float[] expected = [-0.1f, 0.02f, 0.1f, -0.02f, 0, 0];
        Assert.All(expected.Zip(parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void LogisticRegression_Score_SumsLossesAndCountsWhatIsRight()
    {
        var model = new LogisticRegression(Tiny, Tiny);
        using var trainer = model.NewTrainer();
        var (loss, right) = trainer.Score([0, 5, 5, 0, 0, 0], 0, 2);
        Assert.Equal(2, right);
        Assert.Equal(Math.Log(1 + Math.Exp(-5)) + Math.Log(1 + Math.Exp(-1)), loss, 1e-5);
    }

    [Fact]
    public void PlainAndTorch_ComeToTheSameModelButForRounding()
    {
        var shards = VirtualShards.Split(Training.Classes(), "equal", new(20));
        var options = new VirtualOptions { Fraction = 0.5, Rounds = 3, Seed = 4, EvaluateEvery = 1 };
        var plain = VirtualFederation.Run(new LogisticRegression(Training, Validation, 2, 7, 0.05), shards, Validation.Count, options);
        var torch = VirtualFederation.Run(new TorchClassifier(Logistic(), Training, Validation, 2, 7), shards, Validation.Count, options);

        foreach (var (one, other) in plain.Model.ToArray().Zip(torch.Model.ToArray()))
        {
            Assert.Equal(one, other, 1e-4f);
        }

        Assert.Equal(plain.Rounds[^1].ValidationLoss!.Value, torch.Rounds[^1].ValidationLoss!.Value, 1e-3);
        Assert.True(plain.Rounds[^1].Loss < plain.Rounds[0].Loss, $"{plain.Rounds[0]} {plain.Rounds[^1]}");
    }

    [Fact]
    public void Torch_TheSameSeed_IsTheSameBytes_WhateverTheNumberOfWorkers()
    {
        var shards = VirtualShards.Drawn(1000, 20, Training.Count, 3);
        string Digest(int workers) => VirtualFederation.Run(
            new TorchClassifier(Logistic(), Training, Validation), shards, 0, new() { Fraction = 0.02, Rounds = 3, Workers = workers }).Digest;
        Assert.Equal(Digest(1), Digest(3));
    }

    [Fact]
    public void Torch_WithDropout_IsTrainedByOneAtATime() => Assert.Equal(
        1, new TorchClassifier(new(() => Sequential(Flatten(), Dropout(), Linear(784, 10)), parameters => optim.SGD(parameters, 0.1)), Training, Validation).MostWorkers);

    private static FederatedModel Logistic() => new(
        () =>
        {
            var scores = Linear(28 * 28, 10);
            init.zeros_(scores.weight);
            init.zeros_(scores.bias);
            return Sequential(("flatten", Flatten()), ("scores", scores));
        },
        parameters => optim.SGD(parameters, 0.05));
}
