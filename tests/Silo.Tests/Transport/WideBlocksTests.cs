namespace Actors.Silo.Transport.Tests;

public class WideBlocksTests
{
    [Fact]
    public void Rent_AfterTheWideOnesAreOut_IsNarrow_UntilOneComesBack()
    {
        using var blocks = new WideBlocks();
        var wide = Enumerable.Range(0, WideBlocks.MostWide).Select(_ => blocks.Rent()).ToList();
        var narrow = blocks.Rent();
        Assert.All(wide, block => Assert.Equal(WideBlocks.WideBytes, block.Memory.Length));
        Assert.Equal(WideBlocks.NarrowBytes, narrow.Memory.Length);
        narrow.Dispose();
        wide[0].Dispose();
        wide[0].Dispose(); // A second time gives nothing back.
        Assert.Equal(WideBlocks.WideBytes, blocks.Rent().Memory.Length);
        Assert.Equal(WideBlocks.NarrowBytes, blocks.Rent().Memory.Length);
    }

    [Fact]
    public void Rent_OfMoreThanANarrowBlock_IsWideWhateverIsOut()
    {
        using var blocks = new WideBlocks();
        _ = Enumerable.Range(0, WideBlocks.MostWide).Select(_ => blocks.Rent()).ToList();
        Assert.Equal(WideBlocks.WideBytes, blocks.Rent(WideBlocks.NarrowBytes + 1).Memory.Length);
    }

    [Fact]
    public void Rent_GivesAReturnedBlockToOneOnly()
    {
        using var blocks = new WideBlocks();
        blocks.Rent().Dispose();
        var (one, other) = (blocks.Rent(), blocks.Rent());
        one.Memory.Span[0] = 1;
        other.Memory.Span[0] = 2;
        Assert.Equal(1, one.Memory.Span[0]);
    }
}
