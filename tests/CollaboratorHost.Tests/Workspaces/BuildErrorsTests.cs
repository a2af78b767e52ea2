namespace Actors.CollaboratorHost.Workspaces.Tests;

public class BuildErrorsTests
{
    [Theory]
    [InlineData("/w/src/Net.cs(12,5): error CS1002: ; expected [/w/src/Workspace.csproj]", "src/Net.cs(12): ; expected (CS1002)")]
    [InlineData("/w/src/Net.cs(1,2,3,4): error CS0103: no 'x' [here] [/w/src/W.csproj]", "src/Net.cs(1): no 'x' [here] (CS0103)")]
    [InlineData(
        "/w/src/Workspace.csproj : error NU1101: Unable to find package Nope. [/w/src/Workspace.csproj]",
        "src/Workspace.csproj: Unable to find package Nope. (NU1101)")]
    [InlineData("MSBUILD : error MSB1009: Project file does not exist.", "MSBUILD: Project file does not exist. (MSB1009)")]
    [InlineData("CSC : error CS5001: no Main [/w/src/W.csproj]\nCSC : error CS5001: no Main [/w/src/W.csproj]\n", "CSC: no Main (CS5001)")]
    [InlineData("/w/src/Net.cs(1,1): warning CS0168: unused [/w/src/W.csproj]\nSomething broke.\n", "Something broke.")]
    public void In_Output_IsWhatAPersonNeeds(string output, string expected) =>
        Assert.Equal(expected, BuildErrors.In(output, "/w")[^1]);

    [Fact]
    public void In_RepeatedError_IsListedOnce() =>
        Assert.Single(BuildErrors.In("/w/a.cs(1,1): error CS1: x [p]\n  /w/a.cs(1,1): error CS1: x [p]\n", "/w"));
}
