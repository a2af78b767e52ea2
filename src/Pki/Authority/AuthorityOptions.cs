namespace Actors.Pki;

/// <summary>How a federation's certificate authority is made and for how long it signs.</summary>
public sealed class AuthorityOptions
{
    /// <summary>
    /// The organization in both authorities' subjects: 1 to 50 letters, digits, spaces, '-', '_' or '.'. Default: "Federation".
    /// </summary>
    public string Organization { get; set; } = "Federation";

    /// <summary>The authorities' own keys. Default: ECDSA secp384r1.</summary>
    public KeyAlgorithm KeyAlgorithm { get; set; } = KeyAlgorithm.EcdsaP384;

    /// <summary>Default: 3650 days.</summary>
    public TimeSpan RootLifetime { get; set; } = TimeSpan.FromDays(3650);

    /// <summary>At most the root's; a longer one is cut there. Default: 1825 days.</summary>
    public TimeSpan SigningLifetime { get; set; } = TimeSpan.FromDays(1825);

    /// <summary>Of an aggregator's or collaborator's certificate; cut at the signing certificate's end. Default: 365 days.</summary>
    public TimeSpan LeafLifetime { get; set; } = TimeSpan.FromDays(365);

    internal void Validate()
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(Organization) || Organization.Length > 50
            || !Organization.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.'))
        {
            problems.Add($"{nameof(Organization)} must be 1 to 50 letters, digits, spaces, '-', '_' or '.'.");
        }

        foreach (var (name, lifetime) in new[]
        {
            (nameof(RootLifetime), RootLifetime), (nameof(SigningLifetime), SigningLifetime), (nameof(LeafLifetime), LeafLifetime),
        })
        {
            if (lifetime <= TimeSpan.Zero || lifetime > TimeSpan.FromDays(36500))
            {
                problems.Add($"{name} must be more than zero and at most 36500 days, but is {lifetime}.");
            }
        }

        if (KeyAlgorithm == KeyAlgorithm.EcdsaP256)
        {
            problems.Add($"{nameof(KeyAlgorithm)} must be EcdsaP384 or Rsa3072: EcdsaP256 is for an aggregator's key alone.");
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }
}
