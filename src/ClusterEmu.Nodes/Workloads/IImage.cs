namespace ClusterEmu.Nodes;

/// <summary>An emulated image: what its containers do, as data and pure functions.</summary>
public interface IImage
{
    /// <summary>Repository names (last part) that mean this image.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What a container of this image does with these arguments.</summary>
    ContainerPlan Plan(ContainerSetup setup);
}

/// <summary>Chooses the emulated image by name; registry, path and tag do not matter.</summary>
public static class ImageCatalog
{
    private static readonly AnyImage Any = new();

    private static readonly Dictionary<string, IImage> ByName = new IImage[]
    {
        new AgnhostImage(),
        new BusyboxImage(),
        new CorednsImage(),
        new NginxImage(),
        new PauseImage(),
    }.SelectMany(image => image.Names, (image, name) => KeyValuePair.Create(name, image)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The image of that name; for an unknown one the fallback, which serves HTTP at the declared ports.</summary>
    public static IImage Find(ImageReference reference) => ByName.TryGetValue(reference.ShortName, out var image) ? image : Any;

    public static ContainerPlan Plan(ContainerSetup setup) => Find(setup.Image).Plan(setup);
}
