namespace Planted;

internal sealed class Closed;

internal abstract class Base;

internal static class Words;

internal class Open : Base;

internal sealed class Holder
{
    internal class Inner;
}

public sealed class Door;

public class Page : Microsoft.AspNetCore.Components.ComponentBase;
