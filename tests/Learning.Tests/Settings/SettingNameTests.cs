namespace Actors.Learning.Settings.Tests;

public sealed class SettingNameTests
{
    [Theory]
    [InlineData("TrainTask", "train_task")]
    [InlineData("batchSize", "batch_size")]
    [InlineData("l2Penalty", "l2_penalty")]
    [InlineData("readURLNow", "read_url_now")]
    [InlineData("epochs", "epochs")]
    [InlineData("batch_size", "batch_size")]
    public void ToSnakeCase_IsThePlansSpelling(string name, string expected) =>
        Assert.Equal(expected, SettingName.ToSnakeCase(name));

    [Theory]
    [InlineData("batch_size", "batchSize", true)]
    [InlineData("BatchSize", "batch_size", true)]
    [InlineData("conv1_size", "conv1Size", true)]
    [InlineData("batch_size", "batch_sizes", false)]
    public void AreSame_SeesThroughTheSpelling(string left, string right, bool same) =>
        Assert.Equal(same, SettingName.AreSame(left, right));

    [Theory]
    [InlineData("learning_rte", "learning_rate")]
    [InlineData("epoch", "epochs")]
    [InlineData("momentum", null)]
    public void Nearest_IsFoundByFewEdits(string name, string? expected) =>
        Assert.Equal(expected, SettingName.Nearest(name, ["learning_rate", "epochs", "seed"]));
}
