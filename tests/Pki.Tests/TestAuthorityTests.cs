using Actors.TestKit.Certificates;

namespace Actors.Pki.Tests;

public class TestAuthorityTests
{
    [Fact]
    public void WriteWorkspace_WithNames_WritesWhatBothEndsNeedAndNoAuthorityKeys()
    {
        using var authority = TestAuthority.Create();
        using var scratch = new Scratch();

        var folder = authority.WriteWorkspace(scratch.Workspace, "localhost", "one", "two");

        var files = Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder.Root, path).Replace('\\', '/'));
        string[] expected =
        [
            "cert_chain.crt", "client/col_one.crt", "client/col_one.key", "client/col_two.crt", "client/col_two.key",
            "crl.pem", "server/agg_localhost.crt", "server/agg_localhost.key",
        ];
        Assert.Equal(expected, files.Order(StringComparer.Ordinal));
        Assert.All(CertificateInspection.Inspect(scratch.Workspace, authority.Clock), finding => Assert.Null(finding.Problem));
    }

    [Fact]
    public void Collaborator_AskedTwice_IsTheSameCertificate()
    {
        using var authority = TestAuthority.Create();
        Assert.Same(authority.Collaborator("one"), authority.Collaborator("one"));
    }

    [Fact]
    public void Dispose_Always_TakesTheFolderWithIt()
    {
        var authority = TestAuthority.Create();
        var workspace = authority.Workspace;
        authority.Dispose();
        Assert.False(Directory.Exists(workspace));
    }
}
