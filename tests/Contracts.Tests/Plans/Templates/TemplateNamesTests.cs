namespace Actors.Contracts.Plans.Tests;

public class TemplateNamesTests
{
    [Fact]
    public void BuiltIn_EverySpelling_MeansOneTemplate()
    {
        foreach (var kind in Enum.GetValues<TemplateKind>())
        {
            var spellings = TemplateNames.BuiltIn.Of(kind).SelectMany(name => name.Aliases.Append(name.Name)).ToList();

            Assert.Equal(spellings.Distinct(), spellings);
            Assert.All(spellings, spelling => Assert.NotNull(TemplateNames.BuiltIn.Find(kind, spelling)));
        }
    }

    [Fact]
    public void With_TakenName_Throws() => Assert.Throws<ArgumentException>(
        () => TemplateNames.BuiltIn.With(TemplateKind.AggregationRule, new TemplateName("mine", [], "weighted_average")));

    [Fact]
    public void With_LeavesTheOriginalAlone()
    {
        TemplateNames.BuiltIn.With(TemplateKind.CompressionPipeline, new TemplateName("mine", []));

        Assert.Null(TemplateNames.BuiltIn.Find(TemplateKind.CompressionPipeline, "mine"));
    }
}
