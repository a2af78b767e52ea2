namespace Actors.Pki.Tests;

public class SignatureStrengthTests
{
    [Theory]
    [InlineData("1.2.840.113549.1.1.5", true, false)]
    [InlineData("1.2.840.10045.4.1", true, false)]
    [InlineData("1.2.840.113549.1.1.11", false, false)]
    [InlineData("1.2.840.10045.4.3.3", false, true)]
    [InlineData("1.2.840.113549.1.1.13", false, true)]
    [InlineData("1.2.3", false, false)]
    public void EverySignature_IsBrokenOrEnoughOrNeither(string oid, bool broken, bool enough)
    {
        Assert.Equal(broken, SignatureStrength.IsBroken(oid));
        Assert.Equal(enough, SignatureStrength.IsEnoughForRequest(oid));
    }
}
