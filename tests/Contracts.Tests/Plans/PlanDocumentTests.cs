namespace Actors.Contracts.Plans.Tests;

public class PlanDocumentTests
{
    [Fact]
    public void Parse_Defaults_MergeSettingsOneLevelDeepAndTheSectionWins()
    {
        var document = Parse(
            """
            assigner:
              defaults: plan/defaults/assigner.yaml
              settings:
                map: {own: 1}
                seed: 7
            """,
            """
            template: random_grouped
            settings:
              seed: 1
              map: {below: 2}
              kept: true
            """);

        Assert.Equal(
            """{"assigner":{"settings":{"kept":true,"map":{"own":1},"seed":7},"template":"random_grouped"}}""",
            CanonicalPlan.Of(document));
    }

    [Fact]
    public void Parse_SectionWithoutSettings_TakesThoseOfTheDefaults()
    {
        var document = Parse("assigner: {defaults: d.yaml, template: own, settings: }", "{template: t, settings: {seed: 1}}");

        Assert.Equal("""{"assigner":{"settings":{"seed":1},"template":"own"}}""", CanonicalPlan.Of(document));
    }

    [Fact]
    public void Parse_TasksDefaults_GiveTasksInTheirOrderAndTheSectionReplacesWhole()
    {
        var document = Parse(
            "tasks: {defaults: d.yaml, settings: {}, train: {function: mine}, last: {function: f}}",
            "{validate: {function: v}, train: {function: t, kwargs: {epochs: 1}}}");

        Assert.Equal("tasks:\n  validate:\n    function: v\n  train:\n    function: mine\n  last:\n    function: f\n", document.ToYaml());
    }

    [Fact]
    public void Parse_ProblemInDefaults_NamesTheFile()
    {
        var yaml = ValidPlan.With("    agg_addr: aggregator.example.org\n", "").Replace("network:\n", "network:\n  defaults: plan/defaults/network.yaml\n", StringComparison.Ordinal);

        var problems = new PlanReader().Read(yaml, _ => "settings:\n  agg_adr: host\n").Problems;

        Assert.StartsWith(
            "network.settings.agg_adr (line 2 of plan/defaults/network.yaml): is not a known key; did you mean agg_addr?",
            problems.ToText(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan/defaults/other.yaml", "tasks.defaults (line 1): \"plan/defaults/other.yaml\" is not there; write the path of a file, relative to the workspace.")]
    [InlineData("../other.yaml", "tasks.defaults (line 1): \"../other.yaml\" leaves the workspace; write a path inside the workspace, like save/model.bin.")]
    [InlineData("3", "tasks.defaults (line 1): 3 is not a path; write a path inside the workspace, like save/model.bin.")]
    public void Parse_DefaultsThatCannotBeRead_AreAProblem(string file, string expected)
    {
        var problems = new PlanProblems();

        PlanDocument.Parse($"tasks: {{defaults: {file}}}", _ => null, problems);

        Assert.Equal(expected, problems.ToText());
    }

    [Theory]
    [InlineData("- a", "tasks (line 1 of d.yaml): a list is not a section; write template: and settings: at the top of a defaults file.")]
    [InlineData("defaults: e.yaml", "tasks.defaults (line 1 of d.yaml): is not allowed in a defaults file; write its settings here.")]
    public void Parse_DefaultsThatAreNoSection_AreAProblem(string defaults, string expected)
    {
        var problems = new PlanProblems();

        PlanDocument.Parse("tasks: {defaults: d.yaml}", _ => defaults, problems);

        Assert.Equal(expected, problems.ToText());
    }

    [Fact]
    public void ToYaml_ReadsBackAsTheSamePlan()
    {
        var document = Parse("""{a: ['1', 1, 1.0, .inf, "yes", 'no: "x"', "line\nbreak", ~, true, {b: [], c: {}}], "yes": é, "": "\u0007"}""", "");

        var again = Parse(document.ToYaml(), "");

        Assert.Equal(CanonicalPlan.Of(document), CanonicalPlan.Of(again));
        Assert.IsType<PlanValue.Number>(((PlanValue.Items)again.Root.Find("a")!).Values[2]);
    }

    private static PlanDocument Parse(string yaml, string defaults)
    {
        var problems = new PlanProblems();
        var document = PlanDocument.Parse(yaml, _ => defaults, problems);
        Assert.Equal("", problems.ToText());
        return document!;
    }
}
