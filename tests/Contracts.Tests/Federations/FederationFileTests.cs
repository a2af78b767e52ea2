namespace Actors.Contracts.Federations.Tests;

public class FederationFileTests
{
    [Fact]
    public void TextOf_ReadsBack()
    {
        var file = FederationFile.Parse(FederationFile.TextOf("aggregator.hospital.org", 50051));
        Assert.Equal((new Uri("https://aggregator.hospital.org:50051/"), 1, 0), (file.Gateway, file.Parallel, file.Problems.Count));
    }

    [Theory]
    [InlineData("address: here\n", "port")]
    [InlineData("address: here\nport: 0\n", "port")]
    [InlineData("address: here\nport: 1\nparallel: 0\n", "parallel")]
    [InlineData("address: 'not a host'\nport: 1\n", "address")]
    public void Parse_OfAMistake_NamesIt(string yaml, string named) =>
        Assert.Contains(named, FederationFile.Parse(yaml).Problems.ToText(), StringComparison.Ordinal);

    [Fact]
    public void Read_WhereThereIsNone_SaysHowToMakeIt() =>
        Assert.Contains("fx federation create", FederationFile.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n"))).Problems.ToText(), StringComparison.Ordinal);
}
