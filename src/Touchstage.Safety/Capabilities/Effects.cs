namespace Touchstage.Safety.Capabilities;

/// <summary>What a capability does to the world, as its manifest declares it. <c>default</c> is the most dangerous.</summary>
public enum Effects
{
    /// <summary>It may change or delete what is there.</summary>
    Destructive,

    /// <summary>It only adds.</summary>
    Additive,

    /// <summary>It only reads; its request is GET or HEAD.</summary>
    ReadOnly,
}
