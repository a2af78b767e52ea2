using Actors.Contracts.Identity;

namespace Actors.Contracts.Identity.Tests;

public class CollaboratorNameTests
{
    [Fact]
    public void Order_IsOrdinal_WhateverTheCulture()
    {
        CollaboratorName[] names = [new("b"), new("B"), new("a10"), new("a2"), new("_")];
        Assert.Equal(["B", "_", "a10", "a2", "b"], names.Order().Select(name => name.Value));
    }

    [Fact]
    public void Operators_AgreeWithTheOrder()
    {
        CollaboratorName first = new("a"), second = new("b"), alsoFirst = new("a");
        Assert.True(first < second && first <= second && second > first && second >= first);
        Assert.True(first <= alsoFirst && first >= alsoFirst && first == alsoFirst);
        Assert.False(first < alsoFirst || first > alsoFirst);
    }
}
