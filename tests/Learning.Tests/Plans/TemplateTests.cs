using Actors.Learning.Tasks;

namespace Actors.Learning.Plans.Tests;

public sealed class TemplateTests
{
    public static TheoryData<string, string?> Plans => new()
    {
        { "torch_cnn_digits", null },
        { "torch_cnn_digits", "two_groups" },
        { "torch_cnn_fashion_mnist", null },
        { "torch_cnn_mnist", null },
        { "logistic_breast_cancer", null },
        { "synthetic", null },
        { "unet_segmentation", null },
        { "unet_segmentation", "five_sites" },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Plan_NamesClassesAndTasksThatThereAre(string template, string? saved)
    {
        var plan = new PlanFile(template, saved);
        _ = PlanFile.Type(plan.Section("data_loader"), typeof(DataLoader));
        var catalogue = TaskCatalogue.For(PlanFile.Type(plan.Section("task_runner"), typeof(TaskRunner)));

        Assert.Equal(["aggregated_model_validation", "train", "locally_tuned_model_validation"], plan.Tasks.Keys.Take(3));
        Assert.All(plan.Tasks, task =>
        {
            var section = PlanFile.Map(task.Value);
            var found = catalogue.Find((string)section["function"]!);
            found.Bind(PlanFile.Map(section["kwargs"]), $"tasks.{task.Key}.kwargs");
            Assert.Equal(task.Key == "train", found.Trains);
        });
        Assert.Equal(["collaborator1", "collaborator2"], plan.Data.Select(line => line.Collaborator).Take(2));
    }

    [Fact]
    public async Task Digits_AfterThePlansRounds_AreReadBetterThan95In100() =>
        Assert.InRange(await Federation.RunAsync(new PlanFile("torch_cnn_digits")), 0.95, 1);

    [Fact]
    public async Task BreastCancer_AfterThePlansRounds_IsToldBetterThan93In100() =>
        Assert.InRange(await Federation.RunAsync(new PlanFile("logistic_breast_cancer")), 0.93, 1);
}
