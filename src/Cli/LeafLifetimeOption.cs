using System.CommandLine;

using Actors.Pki;

namespace Actors.Cli;

/// <summary><c>--days</c>: how long a certificate lasts that this authority signs.</summary>
internal static class LeafLifetimeOption
{
    /// <summary>The option.</summary>
    public static Option<int> Instance { get; } = new("--days")
    {
        Description = "How long the certificate lasts, in days.",
        DefaultValueFactory = _ => 365,
    };

    /// <summary>The federation's authority, signing for as long as was asked.</summary>
    public static CertificateAuthority OpenAuthority(ParseResult parsed, string workspace, TimeProvider clock) => CertificateAuthority.Open(
        workspace, clock, new AuthorityOptions { LeafLifetime = TimeSpan.FromDays(parsed.GetValue(Instance)) });
}
