namespace Actors.Grains.Tensors.Tests;

public class TensorScopeTests
{
    [Fact]
    public void ToString_IsThePlaceInTheStore()
    {
        Assert.Equal("clinics/tumours/models", TensorScope.Models(Given.Experiment).ToString());
        Assert.Equal("clinics/tumours/round-12", TensorScope.Updates(Given.Round(12)).ToString());
    }
}
