using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Federations.Tests;

public class MembershipTests
{
    [Fact]
    public void Of_KeepsEachOnceInOrdinalOrder() => Assert.Equal(
        [Given.Name("B"), Given.Name("a"), Given.Name("b")],
        Membership.Of([Given.Name("b"), Given.Name("a"), Given.Name("b"), Given.Name("B")]));

    [Property(MaxTest = 300)]
    public bool Admits_ByHalving_IsAdmitsByLooking(byte[] members, byte asked)
    {
        var names = Membership.Of(members.Select(number => Given.Name($"c{number}")));
        return Membership.Admits(names, Given.Name($"c{asked}")) == members.Contains(asked);
    }

    [Property]
    public bool Admits_EveryMember(NonEmptyArray<byte> members)
    {
        var names = Membership.Of(members.Get.Select(number => Given.Name($"c{number}")));
        return names.All(name => Membership.Admits(names, name));
    }

    [Fact]
    public void Admits_ComparesByCase() => Assert.False(Membership.Admits([Given.Name("Clinic")], Given.Name("clinic")));
}
